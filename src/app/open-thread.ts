/** A thread of this program. */

import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * `module` is the thread's compiled file, beside the one that opens it. Sources run as they are only where they are
 * developed, and there tsx reads them.
 */
export function openThread(module: URL, options: WorkerOptions): Worker {
  if (import.meta.url.endsWith('.js')) return new Worker(module, options)
  const file = module.href.replace(/\.js$/, '.ts')
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import('${file}') })`
  return new Worker(script, { ...options, eval: true })
}
