import { unprocessable } from './errors.ts'

/**
 * A date, a comparison or a range, each end of which may be a day or a moment
 * (https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates).
 * @throws Refusal 422 for anything else, whose answer is not documented
 */
export function dateRange(text: string): (moment: number) => boolean {
  const [, least, most] = /^(.+)\.\.(.+)$/.exec(text) ?? []
  if (least !== undefined && most !== undefined) {
    const [from, to] = [least === '*' ? -Infinity : dayOf(least).from, most === '*' ? Infinity : dayOf(most).to]
    return (moment) => moment >= from && moment <= to
  }
  const [, sign = '', date = ''] = /^(>=|<=|>|<)?(.+)$/.exec(text) ?? []
  const { from, to } = dayOf(date)
  switch (sign) {
    case '>=':
      return (moment) => moment >= from
    case '>':
      return (moment) => moment > to
    case '<=':
      return (moment) => moment <= to
    case '<':
      return (moment) => moment < from
    default:
      return (moment) => moment >= from && moment <= to
  }
}

/** The first and the last millisecond of a day, or of a moment's second. */
function dayOf(text: string): { readonly from: number; readonly to: number } {
  const from = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(text) || Number.isNaN(from)) {
    throw unprocessable(`"${text}" is no date.`)
  }
  return { from, to: from + (text.length === 10 ? 86_400_000 : 1000) - 1 }
}
