/** The forms of a family's name: `artifact_and_log_retention`. */
export function formsOf(name) {
  const parts = name.split('_')
  const upper = (part) => part[0].toUpperCase() + part.slice(1)
  const pascal = parts.map(upper).join('')
  return {
    name,
    folder: parts.join('-'),
    camel: pascal[0].toLowerCase() + pascal.slice(1),
    pascal,
    /** `artifact and log retention` */
    words: parts.join(' '),
    /** One of them, as the name of a type: `Variable` of `variables`. */
    one: singular(pascal),
    /** `variable` */
    oneWord: singular(parts.join(' ')),
  }
}

function singular(word) {
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y')
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/** The first sentence of a description, for one line of prose. */
export function firstSentence(prose) {
  const [sentence] = prose.replaceAll(/\s+/g, ' ').split(/(?<=\.)\s/)
  return sentence.endsWith('.') ? sentence : `${sentence}.`
}
