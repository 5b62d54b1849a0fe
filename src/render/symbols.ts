import type { Tone } from './paint.ts'
import type { ChangeSymbol } from './row.ts'

export const SYMBOLS = { create: '+', update: '~', delete: '-' } as const

export const SYMBOL_TONES: Readonly<Record<ChangeSymbol, Tone>> = {
  '+': 'add',
  '~': 'change',
  '-': 'delete',
  '!': 'again',
}

/** The names of a folded row are a sample: so many are shown. */
export const FOLDED_NAMES = 3
