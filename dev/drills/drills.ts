import { badDeploy } from './bad-deploy.ts';
import type { Drill } from './drill-type.ts';

/** By the name of their page in `docs/runbook`. */
export const drills: Readonly<Record<string, Drill>> = { 'bad-deploy': badDeploy };
