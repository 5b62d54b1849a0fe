import type { Configuration } from '../config/configuration.ts'
import { digestText } from '../core/canonical.ts'
import type { Plan } from '../core/plan.ts'
import { cleanJson, isClean } from '../render/clean-json.ts'
import type { Io } from '../run/io.ts'
import { bundledSchema } from '../shipped/bundled-schema.ts'
import { schemaText } from '../shipped/schema-text.ts'

const MASK = '***'

/**
 * Makes a plan for a file: without values that GitHub repeated in parts that are not compared. Text of the
 * configuration itself, or of one of octoform's schemas, is no secret to the file's readers, and stays.
 * @returns undefined where a value is in the reviewed parts, which are compared word for word
 */
export async function keptPlan(
  io: Pick<Io, 'cleaned'>,
  plan: Plan,
  configuration: Pick<Configuration, 'owners' | 'layers'>,
): Promise<Plan | undefined> {
  const clean = (text: string): string => io.cleaned(text)
  if (isClean(plan, clean)) return plan
  const json = JSON.stringify(plan)
  if (cleanJson(json, clean) === json) return plan
  const said = `${sayingOf(configuration)}${await bundledSchema()}${await schemaText('plan.json')}`.toLowerCase()
  const isSaid = (text: string): boolean => said.includes(text.toLowerCase())
  const kept = JSON.parse(
    cleanJson(json, (text) => {
      const cleaned = clean(text)
      return hiddenIn(text, cleaned)?.every(isSaid) ? text : cleaned
    }),
  ) as Plan
  return digestText(kept) === digestText(plan) ? kept : undefined
}

function sayingOf({ owners, layers }: Pick<Configuration, 'owners' | 'layers'>): string {
  const bodies = layers.map(({ owner, repository, match, body, file }) => [owner, repository, match, body, file])
  return JSON.stringify([owners, bodies])
}

/** The hidden parts of a text; undefined where they cannot be found. */
function hiddenIn(text: string, cleaned: string): readonly string[] | undefined {
  const [first = '', ...rest] = cleaned.split(MASK)
  const hidden: string[] = []
  let at = first.length
  for (const [index, piece] of rest.entries()) {
    const next = index === rest.length - 1 ? text.length - piece.length : text.indexOf(piece, at + 1)
    if (next < at || (piece === '' && index < rest.length - 1)) return undefined
    hidden.push(text.slice(at, next))
    at = next + piece.length
  }
  return hidden
}
