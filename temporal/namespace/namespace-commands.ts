import type { NeededAttribute } from './search-attribute-types.ts';

/** How long the history of a submission stays after its end; its record outlives it. Long enough for the reconciler. */
export const retentionDays = 30;

/** What an operator types where the service itself may not do it, or has not done it yet. */
export function namespaceCommands(namespace: string) {
  const named = `--namespace ${namespace}`;
  const list = (attributes: readonly NeededAttribute[]) =>
    attributes.map(({ name, type }) => `--name ${name} --type ${type}`).join(' ');
  const ofCloud = (attributes: readonly NeededAttribute[]) =>
    attributes.map(({ name, type }) => `--search-attribute "${name}=${type}"`).join(' ');

  return {
    all: 'npm run namespace',
    create: `temporal operator namespace create ${named} --retention ${retentionDays}d`,
    register: (attributes: readonly NeededAttribute[]) =>
      `temporal operator search-attribute create ${named} ${list(attributes)}`,
    remove: (attributes: readonly NeededAttribute[]) =>
      `temporal operator search-attribute remove ${named} ${attributes.map(({ name }) => `--name ${name}`).join(' ')} --yes`,
    /** Temporal Cloud keeps namespaces behind a service of its own. */
    createInCloud: `tcld namespace create ${named} --region REGION --retention-days ${retentionDays}`,
    registerInCloud: (attributes: readonly NeededAttribute[]) =>
      `tcld namespace search-attributes add ${named} ${ofCloud(attributes)}`,
  };
}
