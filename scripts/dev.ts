import { context, stop } from 'esbuild'
import type { dev as Dev } from '../src/supervisor/dev'
import { bundle, bundleOptions } from './bundle.ts'
import { importBundled } from './import-bundled.ts'
import { ROOT } from './root.ts'
import { removeStamp } from './stamp.ts'

/** `npm run dev`. */
// The worker that is bundled here is none for production: the next `npm start` makes its own.
removeStamp('dist/.stamp')
await bundle({ leash: 'src/supervisor/leash.ts' })
const { dev } = await importBundled<{ dev: typeof Dev }>('dev', 'src/supervisor/dev.ts')
await dev({ root: ROOT, watchWorker })

async function watchWorker(changed: () => void): Promise<() => Promise<void>> {
  let times = 0
  const first = Promise.withResolvers<void>()
  const options = bundleOptions({ worker: 'src/worker.ts' }, 'development')
  const watcher = await context({
    ...options,
    logLevel: 'warning',
    plugins: [
      {
        name: 'tell',
        setup: ({ onEnd }) =>
          onEnd(({ errors }) => {
            // A worker that does not compile leaves the one that runs alone.
            if (errors.length > 0 && times > 0) return
            times += 1
            if (times > 1) changed()
            else if (errors.length > 0) first.reject(new Error('The worker does not compile'))
            else first.resolve()
          }),
      },
    ],
  })
  await watcher.watch()
  await first.promise
  return async () => {
    await watcher.dispose()
    await stop()
  }
}
