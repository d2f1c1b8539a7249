import { parseArgs } from 'node:util'
import { type Answer, type Command, UsageError } from './command'
import { doctor } from './commands/doctor'
import { doctorBrowser } from './commands/doctor-browser'
import { doctorSources } from './commands/doctor-sources'
import { generate } from './commands/generate'
import { importFile } from './commands/import'
import { cancelJob, listJobs, retryJob, runJob } from './commands/jobs'
import { showJob } from './commands/jobs-show'
import { syncJobs } from './commands/jobs-sync'
import { parse } from './commands/parse'
import { scan } from './commands/scan'
import { createTokenCommand } from './commands/token'
import { createUserCommand, setPasswordCommand } from './commands/user'
import { explainError } from './explain-error'

const COMMANDS: readonly Command[] = [
  parse,
  createUserCommand,
  setPasswordCommand,
  createTokenCommand,
  scan,
  importFile,
  generate,
  listJobs,
  showJob,
  runJob,
  retryJob,
  cancelJob,
  syncJobs,
  // Before the command whose name begins it.
  doctorBrowser,
  doctorSources,
  doctor,
]

const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, at) => args[at] === word))
  if (!command) return answerWithout(args)
  try {
    return await runCommand(command, args.slice(command.name.split(' ').length))
  } catch (error) {
    return failWith(error, command, args.includes('--json'))
  }
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  const options = { ...command.options, ...COMMON }
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  if (values.help) return print(values.json ? helpData(command) : helpOf(command))
  if (positionals.length !== command.words) throw new UsageError('Wrong number of arguments')
  // No option is `multiple`, so that none has an array.
  const answer = await command.run(values as Parameters<Command['run']>[0], positionals)
  print(values.json ? answer.json : answer.text)
  return exitCodeOf(answer)
}

function exitCodeOf({ exitCode }: Answer): number {
  return exitCode ?? 0
}

function print(what: unknown): 0 {
  process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what, null, 2)}\n`)
  return 0
}

/** No command: help where it was asked for, else what there is, as a wrong call. */
function answerWithout(args: readonly string[]): number {
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${args[0]} `))
  const shown = group.length > 0 ? group : COMMANDS
  const asked = args.some((arg) => ['--help', '-h', 'help'].includes(arg))
  if (asked) return print(args.includes('--json') ? shown.map(helpData) : listOf(shown))
  const complaint = args.length > 0 && group.length === 0 ? `There is no command "${args[0]}".\n\n` : ''
  process.stderr.write(`${complaint}${listOf(shown)}\n`)
  return 2
}

function listOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return ['Usage: gleaner COMMAND [options]', '', ...lines, '', 'Every command has --help and --json.'].join('\n')
}

function helpOf({ name, usage, summary, help }: Command): string {
  const common = ['--json           print JSON', '--help           print this']
  return [`Usage: gleaner ${name} ${usage}`, '', summary, '', ...[...help, ...common].map((line) => `  ${line}`)].join(
    '\n',
  )
}

function helpData({ name, usage, summary, help }: Command) {
  return { name, usage, summary, help }
}

function failWith(error: unknown, command: Command, json: boolean): number {
  const { code, message, wrongCall } = explainError(error)
  const usage = wrongCall ? `\nUsage: gleaner ${command.name} ${command.usage}` : ''
  process.stderr.write(json ? `${JSON.stringify({ error: { code, message } })}\n` : `${message}${usage}\n`)
  return wrongCall ? 2 : 1
}
