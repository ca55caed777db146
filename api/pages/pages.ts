/** All pages. */
import { pageFiles } from './frame/files.ts';
import type { PageDependencies } from './page-dependencies.ts';
import { problemsPage } from './problems/problems.tsx';
import { referenceFiles, referencePage } from './reference/reference.tsx';
import type { Page } from './routing/page.ts';
import { submissionPage } from './submission/submission.tsx';

export const pagesOf = (dependencies: PageDependencies): readonly Page[] => [
  submissionPage(dependencies),
  problemsPage(dependencies),
  referencePage(dependencies),
  referenceFiles(),
  pageFiles(),
];
