/** Bytes of a name, which most file systems take 255 of; a part of a download has a longer one. */
const MOST_BYTES = 200

/**
 * A name that GitHub gave, as the name of one file in this folder: no path, nothing hidden, no sign that shells or terminals take
 * for more than a letter. A long one keeps its ending.
 */
export function safeName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. -]+/, '_')
  const ending = /\.[a-z\d]{1,8}$/i.exec(plain)?.[0] ?? ''
  const letters = [...plain.slice(0, plain.length - ending.length)]
  while (Buffer.byteLength(letters.join('')) + ending.length > MOST_BYTES) letters.pop()
  const whole = letters.join('').trimEnd() + ending
  return whole === '' || whole === ending ? `_${whole}` : whole
}
