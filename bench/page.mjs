// bench/README.md: what a run found, between the markers, and the plots beside it.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { formulaOf } from './least.mjs'
import { plotOf } from './plot.mjs'
import { tableOf, unmetLines } from './table.mjs'

const README = join(import.meta.dirname, 'README.md')
const MARKERS = /(<!-- made by npm run bench -->\n)[\s\S]*(<!-- the end of it -->)/

/** @param command as it was given */
export function writePage(measured, command) {
  const { rows } = measured
  writeFileSync(join(import.meta.dirname, 'requests.svg'), requestsPlot(rows))
  writeFileSync(join(import.meta.dirname, 'wall.svg'), wallPlot(rows))
  const text = readFileSync(README, 'utf8')
  if (!MARKERS.test(text)) throw new Error('bench/README.md has lost the markers of the table.')
  writeFileSync(
    README,
    text.replace(MARKERS, (_, begin, end) => `${begin}\n${found(measured, command)}\n\n${end}`),
  )
}

function found(measured, command) {
  const { rows } = measured
  const lines = unmetLines(measured)
  return [
    `\`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${machine()}.`,
    '![Requests by the least possible, of octoform and of a naive reader](requests.svg)',
    '![Wall by the bound, of octoform and of a naive reader](wall.svg)',
    tableOf(rows),
    lines.length === 0 ? 'All limits are met.' : `Not met:\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
    `The least requests of each world:\n\n${formulas(rows).join('\n')}`,
  ].join('\n\n')
}

function machine() {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  const model = processors[0]?.model.trim() || 'unknown'
  return `Node ${process.version.slice(1)} on ${process.platform} ${process.arch}, ${processors.length} processors (${model}), ${gigabytes} GB`
}

function formulas(rows) {
  const by = new Map(rows.map(({ scenario, least }) => [scenario.name, { world: scenario.world, least }]))
  return [...by].map(([name, { world, least }]) => `- ${name}: ${least.toLocaleString('en-US')} = ${formulaOf(world)}`)
}

function requestsPlot(rows) {
  const worlds = new Map(
    rows.filter(({ naive, scenario }) => naive && scenario.plotted).map((row) => [row.scenario.name, row]),
  )
  const groups = [...worlds].map(([label, { requests, least, naive }]) => ({
    label,
    bars: [
      { kind: 'octoform', value: requests / least },
      { kind: 'serial', value: naive.requests / least },
    ],
  }))
  return plotOf('Requests by the least possible: octoform (blue), one for each item (red)', groups)
}

function wallPlot(rows) {
  const groups = rows
    .filter(({ naive, bound, scenario }) => naive && bound > 0 && scenario.plotted)
    .map(({ scenario, wallRatio, bound, naive }) => ({
      label: `${scenario.name}, ${scenario.inFlight} in flight`,
      bars: [
        { kind: 'octoform', value: wallRatio },
        { kind: 'ten', value: naive.ten.wall / bound },
        { kind: 'serial', value: naive.serial.wall / bound },
      ],
    }))
  return plotOf('Wall by the bound: octoform (blue); one for each item, ten at a time (yellow), serial (red)', groups)
}
