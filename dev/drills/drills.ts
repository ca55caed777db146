import { backlogGrows } from './backlog-grows.ts';
import { badDeploy } from './bad-deploy.ts';
import { certificateExpired } from './certificate-expired.ts';
import { databaseDown } from './database-down.ts';
import { diskFull } from './disk-full.ts';
import type { Drill } from './drill-type.ts';
import { gatewayHangs } from './gateway-hangs.ts';
import { lostKey } from './lost-key.ts';
import { networkCut } from './network-cut.ts';
import { overdue } from './overdue.ts';
import { parkedMail } from './parked-mail.ts';
import { requestsFail } from './requests-fail.ts';
import { requestsSlow } from './requests-slow.ts';
import { retentionPassed } from './retention-passed.ts';
import { smtpDown } from './smtp-down.ts';
import { stuckTask } from './stuck-task.ts';
import { submissionsFailed } from './submissions-failed.ts';
import { temporalDown } from './temporal-down.ts';
import { workerDown } from './worker-down.ts';

export const drills: Readonly<Record<string, Drill>> = {
  'worker-down': workerDown,
  'gateway-hangs': gatewayHangs,
  'temporal-down': temporalDown,
  'database-down': databaseDown,
  'network-cut': networkCut,
  'certificate-expired': certificateExpired,
  'lost-key': lostKey,
  'disk-full': diskFull,
  'smtp-down': smtpDown,
  'parked-mail': parkedMail,
  'bad-deploy': badDeploy,
  'stuck-task': stuckTask,
  'backlog-grows': backlogGrows,
  'requests-fail': requestsFail,
  'requests-slow': requestsSlow,
  overdue,
  'submissions-failed': submissionsFailed,
  'retention-passed': retentionPassed,
};
