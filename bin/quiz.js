#!/usr/bin/env node
'use strict'

// Node 22.8 and later keep the compiled code between runs.
require('node:module').enableCompileCache?.()
require('../dist/quiz.cjs')
  .run(process.argv.slice(2))
  .then(exit => {
    process.exitCode = exit
  })
