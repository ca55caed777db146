export type Talk = { title: string; description: string };

type Verdict = { stage: string; outcome: 'passed' | 'rejected'; reasons: { code: string; detail: string }[] };

async function moderate({ description }: Talk): Promise<Verdict> {
  return verdict('moderation', description.length > 10, 'long enough');
}

async function shortlist({ description }: Talk): Promise<Verdict> {
  return verdict('shortlisting', description.split(' ').length > 5, 'enough words');
}

async function select({ title }: Talk): Promise<Verdict> {
  return verdict('selection', title.length > 5, 'a title');
}

async function record({ title }: Talk): Promise<string> {
  return title;
}

async function send({ title }: Talk): Promise<string> {
  return title;
}

export const activities = { moderate, shortlist, select, record, send };

function verdict(stage: string, isPassed: boolean, detail: string): Verdict {
  return { stage, outcome: isPassed ? 'passed' : 'rejected', reasons: [{ code: 'bench', detail }] };
}
