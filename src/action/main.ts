import { untilStopped } from '../run/stop-signals.ts'
import { tuneV8 } from '../run/tune-v8.ts'
import { runAction } from './run-action.ts'

tuneV8(process.versions.v8)

const { env, stdin, stdout, stderr } = process

process.exitCode = await runAction({
  env,
  cwd: env.GITHUB_WORKSPACE || process.cwd(),
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  ask: undefined,
  stdin: async () => Buffer.concat(await stdin.toArray()),
  colour: 'plain',
  stopped: () => untilStopped(process),
})
