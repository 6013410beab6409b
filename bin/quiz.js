#!/usr/bin/env node
import module from 'node:module'

// Node 22.8 and later keep the compiled code between runs.
module.enableCompileCache?.()
const { run } = await import('../dist/quiz.js')
process.exitCode = await run(process.argv.slice(2))
