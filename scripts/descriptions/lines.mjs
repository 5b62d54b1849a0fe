/** JSON with a line for each entry of each map, so that a change of one endpoint is a change of one line. */
export function jsonLines(document) {
  const members = Object.entries(document).map(([key, value]) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return `${quote(key)}: ${quote(value)}`
    const lines = Object.entries(value).map(([name, entry]) => `${quote(name)}: ${quote(entry)}`)
    return `${quote(key)}: {\n${lines.join(',\n')}\n}`
  })
  return `{\n${members.join(',\n')}\n}\n`
}

function quote(value) {
  return JSON.stringify(value)
}
