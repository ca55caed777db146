/** The mail server is gone when the answers are announced, and the call is to be closed. */
import { theCall } from '../histories/material.ts';
import { startDrillMailServer } from './drill-mail-server.ts';
import type { Drill } from './drill-type.ts';
import { panel } from './open-everywhere.ts';
import { playScene } from './scene.ts';

export const smtpDown: Drill = {
  about: 'the mail server is gone, and the call closes',

  async run(options) {
    const mail = await startDrillMailServer();
    const call = { ...theCall, ...panel };
    const wishes = { page: 'answers-undelivered', call, settings: { SMTP_URL: mail.url }, countLetters: mail.countIn };
    try {
      await playScene(options, wishes, async ({ page, say, talks, watch, until, repair, restart }) => {
        const { ids, organiser } = talks;
        await Promise.all(ids.map(talks.prove));
        await mail.leave();
        await Promise.all(ids.map(talks.decide));
        // So that the organisers may close it.
        call.closes = new Date().toISOString();
        await restart('gateway');
        const undelivered = async () => (await organiser.leftOpen()).undelivered.count;
        await until(async () => (await undelivered()) === ids.length, 'the answers are not undelivered');
        say(`the answers are announced, the call is over, and ${await undelivered()} answers have not arrived`);
        await watch.untilHolds('AnswersUndelivered');

        await repair(async () => {
          say(`the closing would find: ${await page.run('Look')}`.trimEnd());
          await mail.comeBack();
          say('the mail server is back');
          await until(async () => (await undelivered()) === 0, 'the answers are not sent');
          await page.run('Do');
          await until(async () => (await page.run('Check')).includes('"count":0'), 'something is left open');
        });
        await watch.untilOver('AnswersUndelivered');
        say(await talks.toTheirEnds());
      });
    } finally {
      await mail.close();
    }
  },
};
