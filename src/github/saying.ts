interface Hiding {
  /** Removes the sent secret values from GitHub's text. It gets the text unchanged, or it would not recognize them. */
  readonly hide?: ((text: string) => string) | undefined
}

/** GitHub's message and errors as they are: their wording is no contract, so nothing is read out of them. */
export function sayingOf({ hide }: Hiding, body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  const { message, errors } = body as { readonly message?: unknown; readonly errors?: unknown }
  const first = typeof message === 'string' ? message : ''
  const list = Array.isArray(errors) ? errors : errors === undefined ? [] : [errors]
  const rest = list.map((error) => (typeof error === 'string' ? error : JSON.stringify(error)))
  const said = [first, ...rest].filter((part) => part !== '').join('; ')
  return shortened(hide === undefined ? said : hide(said))
}

const LONGEST = 2000

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
