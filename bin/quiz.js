#!/usr/bin/env node
'use strict'

const { enableCompileCache } = require('node:module')

// Node 22.8 and later keep the compiled code between runs; for earlier ones the build has kept it.
enableCompileCache?.()
const { run } = enableCompileCache
  ? require('../dist/quiz.cjs')
  : require('./compiled.js').load(require.resolve('../dist/quiz.cjs'))

run(process.argv.slice(2)).then(exit => {
  process.exitCode = exit
})
