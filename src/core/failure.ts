/** The kind of a run's failure, in one word for workflows: the action's output `failure_reason`. */
export type Failure =
  | 'invalid_configuration'
  | 'no_credentials'
  | 'could_not_run'
  /** The event is none that the command runs for. */
  | 'event_refused'
  | 'guard_refused'
  /** The reviewed plan is not valid: the plan is another one, or the commit is not the branch's tip any more. */
  | 'plan_changed'
  | 'lock_held'
  | 'value_missing'
  /** Something could not be read. */
  | 'unread'
  /** GitHub's limit on requests was not waited out: `--max-wait`. */
  | 'rate_limit'
  | 'refused_by_github'
  | 'apply_failed'
  /** Applied, and something is held back still. */
  | 'held_back'
  /** Of `plan --detailed-exitcode`. */
  | 'changes'
  | 'drift'
  | 'bug'
