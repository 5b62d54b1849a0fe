#!/usr/bin/env node
import * as module from 'node:module'
import { tmpdir } from 'node:os'
import { type CachingModule, startCompileCache } from './run/compile-cache.ts'
import { tuneV8 } from './run/tune-v8.ts'

// Before all else is loaded: V8 takes code from the cache only under the flags that it was made with.
tuneV8(process.versions.v8)
startCompileCache(module as CachingModule, { env: process.env, tmp: tmpdir(), user: process.getuid?.() })

const { runProcess } = await import('./commands/run-process.ts')
await runProcess(process)
