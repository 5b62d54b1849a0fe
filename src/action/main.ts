import { showsColour } from '../run/colour.ts'
import { processOutput } from '../run/process-output.ts'
import { untilStopped } from '../run/stop-signals.ts'
import { tuneV8 } from '../run/tune-v8.ts'
import { runAction } from './run-action.ts'

tuneV8(process.versions.v8)

const { env, stdin } = process
const { isWhole, ...output } = processOutput(process)

const code = await runAction({
  env,
  cwd: env.GITHUB_WORKSPACE || process.cwd(),
  ...output,
  ask: undefined,
  stdin: async () => Buffer.concat(await stdin.toArray()),
  colour: showsColour({ env, isSeen: true, isRefused: false }) ? 'ansi' : 'plain',
  isJobLog: true,
  stopped: () => untilStopped(process),
})
process.exitCode = isWhole() ? code : 1
