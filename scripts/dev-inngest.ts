import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.ts'

/**
 * `npm run dev:inngest`: Inngest's dev server with its dashboard, beside a Gleaner that runs with INNGEST_DEV=1. The
 * package is optional, for its install fetches a program: where that failed, this says how to get it.
 */
const program = join(ROOT, 'node_modules', '.bin', 'inngest-cli')
const address = `http://localhost:${process.env.PORT ?? 3000}/api/inngest`
const others = process.argv.slice(2)

if (existsSync(program)) {
  console.log(`Inngest's dev server calls ${address}; its dashboard is at http://localhost:8288`)
  console.log('Gleaner must run beside it with INNGEST_DEV=1: INNGEST_DEV=1 npm run dev')
  const server = spawn(program, ['dev', '--sdk-url', address, '--no-discovery', ...others], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
  server.once('exit', (code) => process.exit(code ?? 1))
} else {
  console.error(`Inngest's dev server is not here: the optional package inngest-cli could not fetch its program when
Gleaner was installed. Either of these gets it:
  npm install --no-save inngest-cli@1.45.1     where npm's install scripts may use the network
  docker run --rm --network host inngest/inngest:v1.45.1 inngest dev --sdk-url ${address}
Then start Gleaner with INNGEST_DEV=1. Without all that, Gleaner's own engine runs the jobs, and /jobs shows them.`)
  process.exitCode = 1
}
