/** The operations one by one, as `METHOD path`, from lines that name several methods: `METHODS path`. */
export function routesOf(lines) {
  return lines.flatMap((line) => {
    const words = line.split(' ')
    const path = words.pop()
    return words.map((method) => `${method} ${path}`)
  })
}
