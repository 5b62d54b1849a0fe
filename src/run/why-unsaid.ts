import { holdsExpression } from '../config/expressions.ts'
import type { WhyUnsaid } from '../core/declarable.ts'
import type { Io } from './io.ts'

/**
 * The texts that an import cannot write as they are: those that a configuration refuses, and those of which it would print only
 * a part, so that a plan of it would change them on GitHub.
 */
export function unsaidBy(io: Pick<Io, 'cleaned'>): WhyUnsaid {
  return (text) => {
    if (holdsExpression(text)) return EXPRESSION
    return io.cleaned(text) === text ? undefined : 'holds what looks like a credential, and none is ever written'
  }
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: workflows write it so.
const EXPRESSION = 'holds an expression of workflows, `${{ … }}`, which a configuration cannot hold'
