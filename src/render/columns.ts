/** Letters that terminals show in two columns: of East Asia, and pictures. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u
/** Signs that stand on the letter before them. */
const NARROW = /[\p{Mn}\p{Me}\p{Cf}]/u
/** The letters of most texts, each in one column. */
const PLAIN = /^[ -~]*$/

/**
 * How many columns of a terminal a line takes. It is near enough to choose where lines end, and costs nothing to load, where
 * `string-width`, which tables are aligned by, takes as long as a whole `--help`.
 */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let columns = 0
  for (const letter of text) columns += columnsOfLetter(letter)
  return columns
}

/** As much of a text as so many columns hold: one that is wider would go on in the next line. */
export function firstColumns(text: string, most: number): string {
  let [kept, columns] = ['', 0]
  for (const letter of text) {
    columns += columnsOfLetter(letter)
    if (columns > most) break
    kept += letter
  }
  return kept
}

function columnsOfLetter(letter: string): number {
  if (WIDE.test(letter)) return 2
  return NARROW.test(letter) ? 0 : 1
}
