import { Argument, Command, CommanderError } from 'commander'
import { amount, examples, format, list, printing, whole } from './cli/options.ts'
import { Exit, type ExitCode, Interrupted, UserError } from './errors.ts'
import { visible } from './visible.ts'
import type { World } from './world.ts'

/** Written into the bundle when it is built. */
declare const QUIZ_VERSION: string

/**
 * Runs quiz and says how it went. It never throws and never exits: bin/quiz.js sets the exit code.
 * Each command's code is loaded only when it is chosen.
 */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  let exit: ExitCode = Exit.ok
  try {
    await program(world, code => {
      exit = code
    }).parseAsync(argv, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.ok : Exit.usage
    if (error instanceof Interrupted) return Exit.interrupted
    if (error instanceof UserError) {
      const hint = error.hint === undefined ? '' : `  ${oneLine(error.hint)}\n`
      world.err(`quiz: ${oneLine(error.message)}\n${hint}`)
      return error.exit
    }
    const { inspect } = await import('node:util')
    world.err(visible(`quiz hit a bug. Please report what follows.\n${inspect(error)}\n`))
    return Exit.bug
  }
}

function program(world: World, done: (exit: ExitCode) => void): Command {
  const quiz = new Command('quiz')
    .description('Drill, explain and look up backend and API design.')
    .usage('[command] [options]')
    .version(typeof QUIZ_VERSION === 'string' ? QUIZ_VERSION : 'source', '-V, --version')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({
      minWidthToWrap: 20,
      subcommandTerm: it =>
        [
          it.name(),
          ...it.registeredArguments.map(arg =>
            inBrackets(`${arg.name()}${arg.variadic ? '...' : ''}`, arg.required),
          ),
        ].join(' '),
    })
    .configureOutput({
      writeOut: text => world.out(text),
      writeErr: text => world.err(text),
      outputError: (text, write) => write(asWritten(text)),
      getOutHelpWidth: () => Math.min(world.screen.columns, 100),
      getOutHasColors: () => world.screen.colors > 0,
    })

  quiz
    .command('drill')
    .summary('answer questions')
    .description('Answer questions; each choice is explained, and what was missed comes back.')
    .argument('[topic...]', 'topics to ask from (all unless named)')
    .option(
      '-n, --number <count>',
      'how many questions (10 unless --minutes is given)',
      whole(1, 100_000),
    )
    .option('--minutes <count>', 'ask no new question after so many minutes', amount(0.1))
    .addOption(
      list('--level <levels>', 'only these: recall, apply, analyse', [
        'recall',
        'apply',
        'analyse',
      ]),
    )
    .addOption(
      list('--kind <kinds>', 'only these: choice, order, match, text, number, open, lab', [
        'choice',
        'order',
        'match',
        'text',
        'number',
        'open',
        'lab',
      ]),
    )
    .addOption(list('--tag <tags>', 'only questions with one of these tags, such as myth'))
    .option('--due', 'only what is due (due and then new, unless told otherwise)')
    .option('--new', 'only what you have not met')
    .option('--weak', 'what you answered before, likeliest forgotten first')
    .option('--wrong', 'what went wrong last time')
    .option('--confident-errors', 'what you were sure of and wrong about last time')
    .option('--cram', 'anything, soonest forgotten first; the answers do not count for memory')
    .option('--exam', 'tell nothing before the end, ask nothing twice')
    .option('--pass <percent>', 'exit with 1 if the score is below', amount(0, 100))
    .option(
      '--seed <number>',
      'ask the same questions in the same order again',
      whole(0, 2 ** 32 - 1),
    )
    .option('--dry', 'keep no answers')
    .addOption(format('text', 'jsonl'))
    .addHelpText(
      'after',
      `
While answering:
  tab  say how sure you are, if you like: guess, unsure, sure
       (with --plain, a word after the answer: 2 sure)
  ?    all keys`,
    )
    .addHelpText(
      'after',
      examples(
        'quiz drill',
        'quiz drill caching auth -n 20',
        'quiz drill --tag myth',
        'quiz drill --wrong --minutes 5',
        'quiz drill --exam --pass 80',
        'quiz drill cap --format jsonl --seed 42',
      ),
    )
    .action(async (topics, options) =>
      done(await (await import('./commands/drill.ts')).drill(world, topics, options)),
    )

  quiz
    .command('stats')
    .summary('what you know')
    .description('Show what you know by topic, what you mix up, what falls due, and your time.')
    .argument('[topic...]', 'topics to look at (all unless named)')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText(
      'after',
      examples('quiz stats', 'quiz stats caching auth', 'quiz stats --format html > stats.html'),
    )
    .action(async (topics, options) =>
      (await import('./commands/stats.ts')).stats(world, topics, options),
    )

  quiz
    .command('plan')
    .summary('aim at an interview')
    .description(
      'Plan what to study until an interview, and what to expect on the day; drill follows it.',
    )
    .option('--by <date>', 'the day of the interview, as YYYY-MM-DD')
    .option('--minutes <count>', 'minutes a day (20 at first)', amount(1, 960))
    .addOption(
      list(
        '--topics <topics>',
        'what is asked for, with weights if some matter more: auth=3,caching',
      ),
    )
    .option('--recall <percent>', 'without a date: what to keep up (90 at first)', amount(50, 99))
    .option('--clear', 'drop the plan; what was answered stays')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText('after', () => {
      const by = inTwoWeeks(world.now())
      return examples(
        `quiz plan --by ${by} --minutes 20`,
        `quiz plan --by ${by} --topics auth=3,caching,status-codes`,
        'quiz plan --minutes 40',
        'quiz plan',
      )
    })
    .action(async options => (await import('./commands/plan.ts')).plan(world, options))

  quiz
    .command('explain')
    .summary('explain a concept or a topic')
    .description(
      'Explain a concept by its name, number or in your own words; a topic by a tour of it.',
    )
    .argument('<term...>', 'a name, a status code, or what you want to know')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText(
      'after',
      examples(
        'quiz explain 409',
        'quiz explain thundering herd',
        "quiz explain 'difference between 401 and 403'",
        'quiz explain caching',
        'quiz explain 409 --format markdown >> notes.md',
      ),
    )
    .action(async (terms, options) =>
      (await import('./commands/explain.ts')).explain(world, terms, options),
    )

  quiz
    .command('compare')
    .summary('concepts side by side')
    .description('Show two or more concepts side by side.')
    .argument('<term...>', 'names of concepts')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText('after', examples('quiz compare 401 403 404', 'quiz compare no-cache no-store'))
    .action(async (terms, options) =>
      (await import('./commands/compare.ts')).compare(world, terms, options),
    )

  quiz
    .command('cheatsheet')
    .alias('sheet')
    .summary('tables to read or print')
    .description('Print the cheat sheets of topics.')
    .argument('<topic...>', 'topics')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText(
      'after',
      examples(
        'quiz cheatsheet status-codes',
        'quiz cheatsheet caching --format html > caching.html',
      ),
    )
    .action(async (topics, options) =>
      (await import('./commands/cheatsheet.ts')).cheatsheet(world, topics, options),
    )

  quiz
    .command('topics')
    .summary('what there is')
    .description('List the topics; with names, the concepts of each.')
    .argument('[topic...]', 'topics to look into')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .action(async (topics, options) =>
      (await import('./commands/topics.ts')).topics(world, topics, options),
    )

  quiz
    .command('lab')
    .summary('simulate it with your own numbers')
    .description(
      'Run a simulation with your own numbers: what happens step by step, and what each misconception would have said.',
    )
    .usage('[options] [name] [what it takes...]')
    .argument('[name]', 'a lab (without one, all are listed), or the id of a lab question')
    .argument('[parameters...]', 'quiz lab NAME --help tells what it takes')
    .option(
      '--seed <number>',
      'draw the numbers; the same ones for the same seed',
      whole(0, 2 ** 32 - 1),
    )
    .option('--ask', 'ask about it')
    .option('--dry', 'with --ask: keep no answers')
    .addOption(format('text', 'markdown', 'html', 'json', 'jsonl'))
    .passThroughOptions()
    .addHelpText(
      'after',
      examples(
        'quiz lab',
        'quiz lab token-bucket',
        'quiz lab token-bucket --capacity 5 --refill 2 --arrivals 0,0,0.5,1',
        'quiz lab token-bucket --seed 7 --ask',
      ),
    )
    .action(async (name, words, options, command) =>
      (await import('./cli/lab.ts')).runLab(world, name, words, options, command),
    )

  quiz
    .command('search')
    .summary('find concepts and questions')
    .description('Find concepts, topics and questions by words.')
    .argument('<words...>', 'what to look for')
    .option('-n, --number <count>', 'how many at most', whole(1, 1000))
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText('after', examples('quiz search stale cache', 'quiz search retry -n 3'))
    .action(async (words, options) =>
      (await import('./commands/search.ts')).search(world, words, options),
    )

  quiz
    .command('history')
    .summary('what you answered')
    .description('Show what you answered, the newest first.')
    .argument('[topic...]', 'topics, or ids of questions')
    .option('-n, --number <count>', 'how many answers (20 unless set)', whole(1, 10_000_000))
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText(
      'after',
      examples('quiz history', 'quiz history caching -n 100', 'quiz history --format json'),
    )
    .action(async (words, options) =>
      (await import('./commands/history.ts')).history(world, words, options),
    )

  quiz
    .command('flag')
    .summary('say that a question is wrong')
    .description('Flag a question that something is wrong with; without one, list what is flagged.')
    .argument('[question]', 'its id, as a drill in JSON lines or quiz history shows it')
    .argument('[note...]', 'what is wrong with it')
    .option('--clear', 'take the flags of this question back')
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addHelpText(
      'after',
      examples(
        'quiz flag',
        "quiz flag caching/no-cache-reuse 'the second choice is right too'",
        'quiz flag caching/no-cache-reuse --clear',
      ),
    )
    .action(async (question, note, options) =>
      (await import('./commands/flag.ts')).flag(world, question, note, options),
    )

  quiz
    .command('reset')
    .summary('begin anew')
    .description('Begin anew: what you answered is moved aside, and nothing is deleted.')
    .option('--yes', 'do not ask')
    .action(async options => (await import('./commands/reset.ts')).reset(world, options))

  quiz
    .command('lint')
    .summary('check a bank')
    .description(
      'Check bank files: what is wrong, where (file:line:column), and what to do about it.',
    )
    .argument('[path...]', 'bank files or folders (the nearest .quiz folder unless named)')
    .option('--alone', 'check it as a bank that does not build on the built-in topics')
    .option('--schema', 'print the JSON Schema of a bank file, for editors')
    .addOption(format('text', 'json'))
    .addHelpText(
      'after',
      examples('quiz lint team-bank.yaml', 'quiz lint --schema > bank.schema.json'),
    )
    .action(async (paths, options) =>
      done(await (await import('./commands/lint.ts')).lint(world, paths, options)),
    )

  // After their own options, so that help tells those first.
  for (const it of quiz.commands) if (it.name() !== 'lint') printing(it)

  printing(quiz)
    .addOption(format('text', 'markdown', 'html', 'json'))
    .addArgument(new Argument('[command...]').argOptional())
    .addHelpText(
      'after',
      `
Exit codes:
  0    fine
  1    a problem was found, or the request was refused
  2    usage, or nothing by that name
  70   a bug in quiz
  130  interrupted
`,
    )
    .action(async (words: readonly string[], options) => {
      const helping = words[0] === 'help'
      const about = helping ? words.slice(1) : words
      const [name] = about
      if (name === undefined) {
        return helping ? quiz.help() : (await import('./commands/home.ts')).home(world, options)
      }
      const known = quiz.commands.map(it => [it.name(), ...it.aliases()])
      // What is known would not come here, were it not for help.
      quiz.commands[known.findIndex(it => it.includes(name))]?.help()
      const { nearest } = await import('./nearest.ts')
      const near = nearest(name, known.flat())
      throw new UserError(`there is no command called "${name}"`, {
        hint:
          near.length > 0
            ? `did you mean quiz ${near.join(' or quiz ')}?`
            : `quiz explain ${about.join(' ')} looks it up; quiz --help lists the commands`,
      })
    })
  return quiz
}

const inBrackets = (name: string, required: boolean) => (required ? `<${name}>` : `[${name}]`)

/** A date for an example: one that is written down would be over some day, and refused from then on. */
function inTwoWeeks(now: Date): string {
  return new Date(now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10)
}

/** commander's messages in the way that quiz says things. */
function asWritten(text: string): string {
  const [, message = '', near] = /^(?:error: )?(.*?)(?:\n\(Did you mean (.+)\?\))?$/s.exec(
    text.trim(),
  )!
  return `quiz: ${oneLine(message)}\n${near === undefined ? '' : `  did you mean ${near}?\n`}`
}

/** A message that stays one line and readable, whatever it quotes. */
function oneLine(text: string): string {
  const line = visible(text).replaceAll('\n', '<U+000A>')
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}...` : line
}

const LONGEST_MESSAGE = 400
