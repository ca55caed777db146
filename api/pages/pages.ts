/** All pages. */
import { callPage } from './call/call-page.tsx';
import { pageFiles } from './frame/files.ts';
import type { PageDependencies } from './page-dependencies.ts';
import { problemsPage } from './problems/problems.tsx';
import { proposePage } from './propose/propose.tsx';
import { receivedPage } from './received/received.tsx';
import { referenceFiles, referencePage } from './reference/reference.tsx';
import type { Page } from './routing/page.ts';
import { submissionPage } from './submission/submission.tsx';

export const pagesOf = (dependencies: PageDependencies): readonly Page[] => [
  callPage(dependencies),
  proposePage(dependencies),
  receivedPage(dependencies),
  submissionPage(dependencies),
  problemsPage(dependencies),
  referencePage(dependencies),
  referenceFiles(),
  pageFiles(),
];
