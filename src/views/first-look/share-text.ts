/** A share of 1 to two digits behind the point: 0.20 %, 14.85 %, <0.01 %; 100 % only when it is all. */
export function toShareText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0001) return '<0.01 %';
  return share >= 1 ? '100 %' : `${Math.min(99.99, Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}
