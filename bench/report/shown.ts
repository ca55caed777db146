/** Three digits that count. */
export function shown(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
  return String(Number(value.toPrecision(3)));
}
