/** The expressions of workflows on one line, at most so long, with texts in single quotes that may hold the end. */
const EXPRESSION = /\$\{\{(?:'[^'\n]{0,500}'|[^'\n]){0,500}?\}\}/g

/**
 * The same text, of the same length, with every `${{ … }}` replaced by a word: in a map or list in brackets its braces
 * would end the surrounding one, and everything after it would be an error.
 */
export function withoutExpressions(text: string): string {
  return holdsExpression(text) ? text.replaceAll(EXPRESSION, (found) => 'x'.repeat(found.length)) : text
}

export function holdsExpression(text: string): boolean {
  return text.includes('${{')
}

export const UNEXPANDED =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: workflows write it so.
  '`${{ … }}` is an expression of workflows, which octoform does not expand: write the text itself, and for a secret ' +
  '`value: { env: NAME }`, with the variable set where octoform runs'
