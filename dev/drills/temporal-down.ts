/** Kills Temporal. */
import type { Drill } from './drill-type.ts';
import { playScene } from './scene.ts';
import { playTemporalAway } from './temporal-away.ts';

export const temporalDown: Drill = {
  about: 'Temporal is killed',

  run: (options) =>
    playScene(options, { page: 'part-unreachable' }, (scene) =>
      playTemporalAway(scene, () => scene.parts.temporal?.kill()),
    ),
};
