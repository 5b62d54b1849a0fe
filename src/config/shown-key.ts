/**
 * A key as messages show it: up to what makes it no name. Where the blank after a colon is forgotten, `{ value:hunter2 }`,
 * YAML takes all of it for a key, and the value that somebody wrote there is not to be printed.
 */
export function shownKey(key: string): string {
  const [name = ''] = key.split(/[:=\s]/, 1)
  return name === key ? key : `${name}…`
}
