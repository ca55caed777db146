/** The mail server breaks one connection when it has the mail, and refuses another mail. */
import { startDrillMailServer } from './drill-mail-server.ts';
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';

export const parkedMail: Drill = {
  about: 'one mail is parked, and one is refused',

  async run(options) {
    const mail = await startDrillMailServer();
    const wishes = { page: 'messages-stuck', settings: { SMTP_URL: mail.url }, countLetters: mail.countIn };
    try {
      await playScene(options, wishes, async ({ page, say, talks, watch, until, repair }) => {
        const { ids, organiser } = talks;
        await Promise.all(ids.map(talks.prove));
        mail.behave((to) => (to.startsWith('speaker-1@') ? 'cut' : { at: 'rcpt', code: 550 }));
        await Promise.all(ids.map(talks.decide));
        const inState = async (state: string) => {
          for await (const { id } of organiser.messages({ state })) return id;
          return undefined;
        };
        await until(async () => (await inState('parked')) !== undefined, 'no mail is parked');
        await until(async () => (await inState('refused')) !== undefined, 'no mail is refused');
        say('two answers are announced: nobody knows whether one was sent, and the mail server refuses the other one');
        await watch.untilHolds('MessagesStuck');

        await repair(async () => {
          mail.behave(() => 'take');
          for (const [STATE, RESOLUTION] of [
            ['parked', 'delivered'],
            ['refused', 'resend'],
          ] as const) {
            say(`${STATE}: ${await page.run('Look', { STATE })}`.trimEnd());
            await page.run('Do', { MESSAGE: (await inState(STATE)) ?? '', RESOLUTION });
            await until(
              async () => (await page.run('Check', { STATE })).includes('"items":[]'),
              `${STATE} mails are left`,
            );
          }
        });
        await watch.untilOver('MessagesStuck');
        say(await talks.toTheirEnds());
      });
    } finally {
      await mail.close();
    }
  },
};
