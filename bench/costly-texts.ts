/** The longest description that the API accepts. */
export const longest = 5_000;

const filled = (cell: string): string => Array.from(cell.repeat(longest)).slice(0, longest).join('');

export const costlyTexts = {
  'English words': filled('we moved a process with long waits to durable workflows and '),
  'one-letter words': filled('a '),
  emoji: filled('😀👩🏽‍💻🇩🇪'),
  'emoji between letters': filled('a😀'),
  'combining marks': filled('a\u0301\u0323'),
  'zero-width joiners': filled('a\u200d'),
  'one word': filled('a'),
  Chinese: filled('我们把需要长时间等待的审查流程迁移到了持久化的工作流上'),
  'Chinese between emoji': filled('我😀'),
  Thai: filled('เราย้ายกระบวนการตรวจสอบที่ใช้เวลานาน'),
  links: filled('https://a.example/b '),
  insults: filled('you are just so stupid, you fucking idiots, '),
} satisfies Record<string, string>;
