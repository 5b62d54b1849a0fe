// Plots of bars as SVG, readable on light and dark pages.

const WIDTH = 960
const LABELS = 430
const BAR = 11
const GAP = 10
const HEAD = 54
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .value { font-size: 10px }
  .grid { stroke: #d1d9e0 } .bound { stroke: #1f2328 }
  .octoform { fill: #0969da } .ten { fill: #bf8700 } .serial { fill: #cf222e }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .grid { stroke: #3d444d } .bound { stroke: #f0f6fc }
    .octoform { fill: #4493f8 } .ten { fill: #d29922 } .serial { fill: #f85149 }
  }`

/**
 * Bars on a logarithmic scale that begins at 1.
 * @param groups of each a label and its bars: `kind` (`octoform`, `ten` or `serial`, which the title explains) and value
 */
export function plotOf(title, groups) {
  const most = Math.max(10, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const decades = Math.ceil(Math.log10(most))
  const x = (value) => LABELS + (Math.log10(Math.max(1, value)) / decades) * (WIDTH - LABELS - 60)
  let y = HEAD
  const drawn = groups.map(({ label, bars }) => {
    const middle = y + (bars.length * BAR) / 2 + 4
    const lines = [text(LABELS - 8, middle, label, 'end')]
    for (const { kind, value } of bars) {
      const width = Math.max(1, x(value) - LABELS)
      lines.push(`<rect class="${kind}" x="${LABELS}" y="${y}" width="${round(width)}" height="${BAR - 2}"/>`)
      lines.push(text(round(x(value) + 4), y + BAR - 3, shown(value), 'start', 'value'))
      y += BAR
    }
    y += GAP
    return lines.join('\n')
  })
  const grid = Array.from({ length: decades + 1 }, (_, index) => 10 ** index).map((value) => {
    const at = round(x(value))
    const line = `<line class="${value === 1 ? 'bound' : 'grid'}" x1="${at}" x2="${at}" y1="${HEAD - 6}" y2="${y}"/>`
    return `${line}\n${text(at, HEAD - 12, `${value.toLocaleString('en-US')} ×`, 'middle', 'value')}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 4}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}\n</style>`,
    text(8, 20, title, 'start', 'title'),
    ...grid,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

function text(x, y, content, anchor, kind) {
  const style = kind === undefined ? '' : ` class="${kind}"`
  return `<text${style} x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`
}

const round = (value) => Math.round(value * 10) / 10
const shown = (value) => (value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US'))
const escaped = (content) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
