import { texts } from '../texts.ts';

/** Copies a text of the page, and says so beside it. The script shows it. @param of the id of the element */
export const CopyButton = ({ of, children }: { of: string; children: string }) => (
  <>
    <button type="button" class="quiet" hidden data-copies={of} data-copied={texts.copy.done}>
      {children}
    </button>
    <span class="hint" role="status" />
  </>
);
