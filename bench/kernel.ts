/** The rules on real traffic: what the kernel's program costs, and how long it takes to get there. */

import { scaleFigures } from './kernel-scale.ts'
import { trafficFigures } from './kernel-traffic.ts'
import type { Figure, Size } from './report.ts'

export async function measureKernel(size: Size): Promise<Figure[]> {
  return [...(await scaleFigures(size)), ...(await trafficFigures(size))]
}
