import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { callSchema } from '../../contract/call/call.ts';
import type { Judgement } from '../../contract/lifecycle/steps.ts';
import { proposalOf } from '../../contract/proposal.ts';
import { aCall, aSubmission } from '../support/fixtures.ts';

const { moderation } = aCall().stages;
const strict = moderation.checks;
const lenient = { length: 'flag', links: 'flag', language: 'flag', words: 'flag' } as const;

/** The night before the clocks of Berlin go forward. */
const when = { now: '2027-03-27T20:00:00.000Z', timeZone: 'Europe/Berlin' };

const verdictOn = (change: Record<string, unknown>, rules: Partial<typeof moderation> = {}): Promise<Judgement> =>
  moderate(proposalOf(aSubmission(change)), { ...moderation, checks: lenient, ...rules }, when);

const referred = (days: number, whenDue: 'pass' | 'escalate') => ({
  refer: { deadline: { days, milliseconds: 0 }, whenDue },
});

/** The outcome, and the findings as `check: consequence`. */
async function foundIn(change: Record<string, unknown>, rules: Partial<typeof moderation> = {}) {
  const { outcome, findings = [] } = await verdictOn(change, rules);
  return [outcome, ...findings.map(({ check, consequence }) => `${check}: ${consequence}`)];
}

const inEnglish =
  'We moved a review process with long waits to durable workflows, and I show what became simpler, what did not, and why.';
const inGerman =
  'Wir haben einen Ablauf mit langen Wartezeiten auf dauerhafte Workflows umgestellt, und ich zeige, was dabei einfacher geworden ist und was nicht.';

describe('moderate', () => {
  test('passes a proposal in order, with a reason', async () => {
    const verdict = await verdictOn({});

    expect(verdict).toEqual({
      outcome: 'passed',
      reasons: [{ code: 'no-objection', detail: 'Length, links, language and words are in order.' }],
    });
  });

  test('flags what it finds', async () => {
    const all = { title: 'Idiots, all of you', description: 'https://one.example https://two.example' };

    const verdict = await verdictOn(all);

    expect(verdict).toEqual({
      outcome: 'passed',
      reasons: [{ code: 'with-findings', detail: 'Nothing was found that the call rejects a submission for.' }],
      findings: [
        {
          check: 'length',
          consequence: 'flag',
          detail: 'The description has 4 words; the call asks for at least 5.',
        },
        {
          check: 'links',
          consequence: 'flag',
          detail: 'Title, description and biography have 2 links; the call allows at most 1.',
        },
        {
          check: 'words',
          consequence: 'flag',
          detail: 'It may insult or offend: please check. Found in the title: idiots.',
        },
      ],
    });
  });

  test('rejects by each rule of the call that says so, with numbers for the speaker, and never by words', async () => {
    const all = { title: 'Idiots, all of you', description: 'https://one.example https://two.example' };

    const { outcome, reasons } = await verdictOn(all, { checks: strict });

    expect([outcome, reasons]).toEqual([
      'rejected',
      [
        { code: 'length', detail: 'The description has 4 words; the call asks for at least 5.' },
        { code: 'links', detail: 'Title, description and biography have 2 links; the call allows at most 1.' },
      ],
    ]);
  });

  test("refers findings to the organisers, until a day of the calendar in the call's time zone", async () => {
    const verdict = await verdictOn({ title: 'Idiots' }, { checks: { ...strict, words: referred(1, 'pass') } });

    expect(verdict).toMatchObject({ outcome: 'passed', findings: [{ check: 'words', consequence: 'refer' }] });
    expect(verdict.referral).toEqual({ due: '2027-03-28T19:00:00.000Z', whenDue: 'pass' });
  });

  test('refers all of them until the earliest deadline, and passes nothing by itself that one check would not', async () => {
    const checks = {
      ...lenient,
      links: referred(3, 'escalate'),
      words: referred(1, 'pass'),
      length: referred(2, 'pass'),
    };
    const two = { title: 'Idiots', description: 'See https://one.example and http://two.example for more, please.' };

    const { referral } = await verdictOn(two, { checks });
    const alone = await verdictOn({ title: 'Idiots' }, { checks });

    expect(referral).toEqual({ due: '2027-03-28T19:00:00.000Z', whenDue: 'escalate' });
    expect(alone.referral).toEqual({ due: '2027-03-28T19:00:00.000Z', whenDue: 'pass' });
  });

  test('refers nothing that it rejects anyway, and nothing without a finding', async () => {
    const checks = { ...strict, words: referred(1, 'pass') };

    const both = await verdictOn(
      { title: 'Idiots', description: 'https://one.example https://two.example' },
      { checks },
    );
    const none = await verdictOn({}, { checks });

    expect(both).toMatchObject({ outcome: 'rejected', findings: [{}, {}, { check: 'words', consequence: 'refer' }] });
    expect([both.referral, none.referral]).toEqual([undefined, undefined]);
  });

  test('counts words, however long they are', async () => {
    expect(await foundIn({ description: `${'very'.repeat(20)} short` })).toEqual(['passed', 'length: flag']);
    expect(await foundIn({ description: 'One description, five words, enough.' })).toEqual(['passed']);
  });

  test.each([
    ['Japanese', '私たちは長い待ち時間のある審査プロセスを永続的なワークフローに移行しました。'],
    ['Chinese', '我们将一个需要长时间等待的审查流程迁移到了持久化工作流，并分享我们的经验。'],
    ['Thai', 'เราย้ายกระบวนการตรวจสอบที่ใช้เวลานานไปยังเวิร์กโฟลว์ที่ทนทาน'],
  ])('counts two characters as a word in %s, which has no spaces', async (_, description) => {
    expect(await foundIn({ description }, { languages: 'any', minWords: 15, checks: strict })).toEqual(['passed']);
    expect(await foundIn({ description }, { languages: 'any', minWords: 40, checks: strict })).toEqual([
      'rejected',
      'length: reject',
    ]);
  });

  test('counts links, but no names like node.js', async () => {
    const two = 'See https://one.example and http://two.example for the slides of this talk, please.';
    const none = 'We read node.js and main.rs and index.ts, with mail to me@a.example.';

    expect(await foundIn({ description: two })).toEqual(['passed', 'links: flag']);
    expect(await foundIn({ description: two }, { maxLinks: 2 })).toEqual(['passed']);
    expect(await foundIn({ description: none })).toEqual(['passed']);
  });

  test('reaches the same verdict for the same input', async () => {
    expect(await verdictOn({ title: 'Idiots' })).toEqual(await verdictOn({ title: 'Idiots' }));
  });
});

describe('the language', () => {
  test('must be one of the call, if there are enough words to detect it', async () => {
    const { outcome, reasons } = await verdictOn({ description: inGerman }, { checks: strict });

    expect([outcome, reasons]).toEqual([
      'rejected',
      [{ code: 'language', detail: 'The description seems to be in German; the call accepts English.' }],
    ]);
    expect(await foundIn({ description: inGerman }, { languages: ['en', 'de'], checks: strict })).toEqual(['passed']);
    expect(await foundIn({ description: inGerman }, { languages: 'any', checks: strict })).toEqual(['passed']);
    expect(await foundIn({ description: 'Kurze Beschreibung ohne viele Worte darin' }, { checks: strict })).toEqual([
      'passed',
    ]);
  });

  test.each([
    ['names of products', 'Kubernetes, Temporal, PostgreSQL, gRPC, Envoy, Istio, Grafana, '.repeat(4)],
    ['code', 'for x in range(10): await asyncio.gather(*[fetch(u) for u in urls]); print(result) '.repeat(4)],
    ['English after a long list of foreign names', `Sprecher: Jürgen Müller, Universität Zürich. ${inEnglish}`],
    ['two languages, one after the other', `${inGerman} ${inGerman}\n\n${inEnglish} ${inEnglish}`],
    ['two languages, the other way round', `${inEnglish} ${inEnglish}\n\n${inGerman} ${inGerman}`],
    ['links alone', 'https://www.beispiel.example/einleitung-und-ausblick '.repeat(20)],
    ['almost nothing', `Talk ${'😀 '.repeat(300)}`],
  ])('of %s is accepted', async (_, description) => {
    expect(await foundIn({ description }, { maxLinks: 20, minWords: 1, checks: strict })).toEqual(['passed']);
  });

  test('is flagged and never rejects if it is uncertain', async () => {
    const names =
      'Harshit Sharma, Priya Patel, Rahul Gupta, Ananya Iyer, Vikram Singh, Deepika Nair, Arjun Reddy, Kavya Menon';
    const mostlyNames = `${inGerman}\n\nMit ${names}, ${names} und ${names}.`;

    expect(await foundIn({ description: mostlyNames }, { checks: strict })).toEqual(['passed', 'language: flag']);
  });

  test.each([
    [
      'nn',
      'I dette foredraget viser vi korleis vi flytta ein lang vurderingsprosess til varige arbeidsflytar, kva som vart enklare og kva som ikkje vart det.',
    ],
    [
      'nb',
      'I dette foredraget viser vi hvordan vi flyttet en lang vurderingsprosess til varige arbeidsflyter, hva som ble enklere og hva som ikke ble det.',
    ],
    [
      'sr',
      'U ovom predavanju pokazujemo kako smo preselili dug proces recenzije na trajne tokove rada, šta je postalo jednostavnije, a šta nije.',
    ],
  ])('%s is accepted, whatever the detector calls it', async (code, description) => {
    const stages = { ...aCallFile.stages, moderation: { ...aCallFile.stages.moderation, languages: [code] } };
    const { languages } = callSchema.parse({ ...aCallFile, stages }).stages.moderation;

    expect(await foundIn({ description }, { languages, checks: strict })).toEqual(['passed']);
  });

  test('of the title does not matter', async () => {
    const title = 'The complete guide to durable workflows with long waits: what became simpler, and what did not';

    expect(await foundIn({ title, description: inGerman }, { languages: ['de'], checks: strict })).toEqual(['passed']);
  });
});

const aCallFile = {
  ...{ name: 'Test Conf', contact: 'programme@example.org', tracks: ['web'], formats: ['talk'] },
  ...{ opens: '2020-01-01T00:00:00Z', closes: '2099-12-31T23:59:59Z' },
  criteria: [{ id: 'substance', question: 'Enough?', weight: 1, measure: { kind: 'words', enough: 20 } }],
  stages: {
    moderation: { policy: { kind: 'automatic' }, languages: ['en'], maxLinks: 1, minWords: 5 },
    shortlisting: { policy: { kind: 'automatic' }, floor: 1 },
    selection: { policy: { kind: 'automatic' }, bar: 3 },
  },
};
