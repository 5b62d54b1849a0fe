/** How a plan can be printed. */
export const PLAN_FORMATS = ['text', 'json', 'markdown', 'html'] as const
export type PlanFormat = (typeof PLAN_FORMATS)[number]
