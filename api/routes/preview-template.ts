import { previewSchema } from '../../contract/http/organiser-answers.ts';
import { templateNames } from '../../contract/mail/message-templates.ts';
import { usualTemplate } from '../../messages/load-templates.ts';
import { render, sampleFields } from '../../messages/render.ts';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const previewTemplate = route(
  {
    route: 'GET /api/organiser/templates/{name}',
    operationId: 'previewTemplate',
    who: 'organiser',
    summary: 'Preview a message to speakers',
    description: 'For an organiser, with a made-up submission.',
    gives: {
      200: {
        body: { Preview: previewSchema },
        example: { name: 'accepted', isOwn: false, subject: 'Accepted', text: '…', html: '…' },
      },
    },
    refuses: ['not-found'],
  },
  ({ call: { texts, name: conference, contact } }: OrganiserDependencies) =>
    async ({ params, refuse }) => {
      const name = templateNames.find((known) => known === params.name);
      if (name === undefined) return refuse('not-found');
      const own = texts?.[name];
      const fields = { ...sampleFields, call: { name: conference, contact } };
      const content = render(own ?? (await usualTemplate(name)), fields);
      return { status: 200, body: { name, isOwn: own !== undefined, ...content } };
    },
);
