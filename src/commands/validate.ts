import { dirname } from 'node:path'
import { holdsTemplates } from '../config/declared-values.ts'
import { explain } from '../config/explain.ts'
import { startSpending } from '../config/limits.ts'
import { countProblems, firstProblems, sortProblems } from '../config/problems.ts'
import { resolveOwner } from '../config/resolve.ts'
import { lackedSelectors, selectorNeeds } from '../config/selector-needs.ts'
import { parseAddress } from '../core/address.ts'
import { whyNoAddress } from '../core/address-glob.ts'
import { append } from '../core/append.ts'
import { type Diagnostic, formatDiagnostic } from '../core/diagnostic.ts'
import { isGlob } from '../core/glob.ts'
import { overfullRuns } from '../core/run-texts.ts'
import { SetupError } from '../core/setup-error.ts'
import { claimsOf, type LostClaim, lostClaims, type SourceClaim } from '../core/source-claims.ts'
import { checkOffline } from '../engine/check-offline.ts'
import { ANY_PRODUCT, supportOf } from '../engine/get.ts'
import { isProduct } from '../github/endpoints.ts'
import { problemAnnotations } from '../render/annotations.ts'
import { printable } from '../render/printable.ts'
import { renderValidated } from '../render/validated.ts'
import { wrapText } from '../render/wrap-text.ts'
import { checkoutPath } from '../report/checkout-path.ts'
import { originOf } from '../report/report-facts.ts'
import { contextOf, valuesOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { forgottenMembers, forgottenVersions } from '../run/kept-ledger.ts'
import { ConfigurationError, load } from '../run/load.ts'
import { misplacedFiles } from '../run/misplaced-files.ts'
import { openRunValues } from '../run/run-values.ts'
import { overlongValues } from '../run/secret-facts.ts'
import { sectionsAbove } from '../run/sections-above.ts'

export interface ValidateFlags {
  readonly config: readonly string[]
  readonly explain?: string
  readonly product?: string
  readonly format: 'text' | 'json'
  /** The reason why `plan` only checks; shown in the job's summary. */
  readonly note?: string
}

/** Checks a configuration offline: every problem with its place. */
export async function validateCommand(io: Io, flags: ValidateFlags): Promise<ExitCode> {
  if (flags.product !== undefined && !isProduct(flags.product)) {
    throw new SetupError(
      `--product ${flags.product} is unknown: write dotcom, ghec, ghae, ghae-2021, or a release such as ghes-3.19.`,
    )
  }
  const { configuration, problems } = await loaded(io, flags.config)
  if (!configuration) return report(io, flags, problems, [])
  const { policies = [] } = await io.registry()
  const families = [...configuration.families, ...policies]
  if (flags.explain !== undefined) {
    // A glob names no single address to explain.
    if (!parseAddress(flags.explain) || isGlob(flags.explain)) {
      throw new SetupError(`${flags.explain} is not an address: write one such as orgs/acme/permissions.`)
    }
    // A whole family can be explained, too.
    const why = whyNoAddress(flags.explain, families)
    if (why !== undefined && whyNoAddress(`${flags.explain}/*`, families) !== undefined) {
      throw new SetupError(`${flags.explain} ${why}`)
    }
    const lines = explain(configuration, flags.explain, families)
    if (flags.format === 'json') io.stdout(`${JSON.stringify({ address: flags.explain, lines }, null, 2)}\n`)
    else io.stdout(wrapText(lines.map((line) => `${printable(line)}\n`).join(''), io.columns))
    return EXIT.ok
  }
  const product = flags.product ?? configuration.github.product
  const values = await openRunValues(io, configuration, { dir: undefined, resolve: await valuesOf(io) })
  const found: Diagnostic[] = [...configuration.warnings, ...forgottenVersions(io.env, configuration)]
  append(found, await misplacedFiles(io.cwd, configuration, undefined))
  const spend = startSpending()
  const claims: SourceClaim[] = []
  const claiming = holdsTemplates(configuration, families)
  const above = sectionsAbove(configuration)
  for (const { name } of configuration.owners) {
    const { sections, diagnostics } = resolveOwner(configuration, name, undefined, families, spend)
    if (claiming)
      append(
        claims,
        claimsOf(sections, families, () => null, dirname),
      )
    const { certain, onNames } = checkOffline(sections, families, product, above(sections))
    append(
      found,
      diagnostics,
      certain,
      onNames.map(({ told }) => told),
      product === undefined ? [] : forgottenMembers(io.env, configuration, sections, supportOf(product)),
      product === undefined ? [] : lackedSelectors(selectorNeeds(configuration, name, families), supportOf(product)),
      await overlongValues(sections, families, values),
      overfullRuns(sections, families, { product: product === undefined ? ANY_PRODUCT : supportOf(product) }),
    )
  }
  append(found, lostClaims(claims).map(sharedSource))
  const skipped = ['what repository_sets, globs and selectors match: that needs GitHub']
  if (product === undefined) skipped.unshift('what the product lacks: give --product or github.product')
  return report(io, flags, firstProblems(sortProblems(found)), skipped)
}

/** Offline no id decides which of the two waits. */
function sharedSource({ lost, to }: LostClaim): Diagnostic {
  const message = `placeholders give it the source of ${to.address}, ${lost.source}: the one with the higher id will be held back`
  return { severity: 'warning', message, source: lost.at, address: lost.address }
}

async function loaded(
  io: Io,
  config: readonly string[],
): Promise<{ configuration?: Awaited<ReturnType<typeof load>>; problems: readonly Diagnostic[] }> {
  try {
    return { configuration: await load(io, config), problems: [] }
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems }
    throw error
  }
}

async function report(
  io: Io,
  flags: ValidateFlags,
  found: readonly Diagnostic[],
  skipped: readonly string[],
): Promise<ExitCode> {
  for (const command of problemAnnotations(found, checkoutPath(io))) io.annotate(command)
  const errors = countProblems(found.filter(({ severity }) => severity === 'error'))
  if (errors > 0) io.record?.({ failure: 'invalid_configuration' })
  if (flags.format === 'json') {
    io.stdout(`${JSON.stringify({ valid: errors === 0, diagnostics: found, not_checked: skipped }, null, 2)}\n`)
  } else {
    for (const diagnostic of found) io.stdout(wrapText(`${printable(formatDiagnostic(diagnostic))}\n`, io.columns))
    for (const what of skipped) io.note(`Not checked: ${what}.\n`)
    io.stdout(errors === 0 ? 'The configuration is valid.\n' : `${errors} ${errors === 1 ? 'error' : 'errors'}.\n`)
  }
  const facts = originOf(flags.config, await contextOf(io), io)
  await addToSummary(io, renderValidated({ problems: found, skipped, note: flags.note }, facts))
  return errors === 0 ? EXIT.ok : EXIT.failed
}
