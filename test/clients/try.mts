import { startServer } from '../server-process.ts'
import { pythonLines } from './python.ts'
const s = await startServer()
try { console.log((await pythonLines('walk.py', s.url)).map((l) => JSON.stringify(l)).join('\n')) } catch (e) { console.log(String(e)) }
await s.stop()
