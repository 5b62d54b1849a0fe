/**
 * A key as messages show it: up to the first character that no key has. Where the blank after a colon is forgotten, `{
 * value:hunter2 }`, YAML takes all of it for a key, and the value in it must not be printed.
 */
export function shownKey(key: string): string {
  const [name = ''] = key.split(/[:=\s]/, 1)
  return name === key ? key : `${name}…`
}
