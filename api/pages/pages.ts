/** All pages. */
import { accessPage } from './access/access.tsx';
import { callPage } from './call/call-page.tsx';
import { coSpeakerPage } from './co-speaker/co-speaker.tsx';
import { editPage } from './edit/edit.tsx';
import { pageFiles } from './frame/files.ts';
import { handoverPage } from './handover/handover.tsx';
import { minePage } from './mine/mine.tsx';
import { actionPage } from './own/action-page.tsx';
import { actionNames } from './own/actions.ts';
import { keyPage } from './own/key.tsx';
import type { PageDependencies } from './page-dependencies.ts';
import { problemsPage } from './problems/problems.tsx';
import { notMinePage } from './proof/not-mine.tsx';
import { proofPage } from './proof/proof.tsx';
import { proposePage } from './propose/propose.tsx';
import { receivedPage } from './received/received.tsx';
import { referenceFiles, referencePage } from './reference/reference.tsx';
import type { Page } from './routing/page.ts';
import { submissionPage } from './submission/submission.tsx';
import { undoPage } from './undo/undo.tsx';

export const pagesOf = (dependencies: PageDependencies): readonly Page[] => [
  callPage(dependencies),
  proposePage(dependencies),
  receivedPage(dependencies),
  submissionPage(dependencies),
  proofPage(dependencies),
  notMinePage(dependencies),
  undoPage(dependencies),
  coSpeakerPage(dependencies),
  accessPage(dependencies),
  minePage(dependencies),
  keyPage(dependencies),
  editPage(dependencies),
  handoverPage(dependencies),
  ...actionNames.map((action) => actionPage(dependencies, action)),
  problemsPage(dependencies),
  referencePage(dependencies),
  referenceFiles(),
  pageFiles(),
];
