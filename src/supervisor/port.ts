import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Says no only after three seconds: what a killed supervisor left behind is on its way out. */
export async function isPortFree(port: number): Promise<boolean> {
  for (let left = 15; left > 0; left -= 1) {
    if (await canListen(port)) return true
    await sleep(200)
  }
  return false
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    probe.listen(port, '0.0.0.0', () => probe.close(() => resolve(true)))
  })
}
