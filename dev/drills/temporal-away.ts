import type { Scene } from './scene.ts';

const PART = 'temporal';

/** Temporal can't be reached until the commands of the page were run: two talks that are submitted meanwhile wait for it. */
export async function playTemporalAway(
  { page, say, talks, watch, until, repair, health }: Scene,
  takeAway: () => unknown,
): Promise<void> {
  const [first = ''] = talks.ids;
  await takeAway();
  const submitting = talks.submit(2);
  await until(async () => (await health()).includes('"temporal":{"up":false'), 'the health does not tell of it');
  say(`the gateway says ${await health()}`);
  say(`two are submitted, and wait for an answer; a poll of another gets ${(await talks.read(first)).code}`);
  await watch.untilHolds('PartUnreachable');

  await repair(async () => {
    await page.run('Look', { PART });
    await page.run('Do', { PART });
    await until(async () => page.run('Check', { PART }).then(() => true), 'Temporal is not reached');
  });
  await submitting;
  say('the two that waited are submitted');
  await watch.untilOver('PartUnreachable');
  say(await talks.toTheirEnds());
}
