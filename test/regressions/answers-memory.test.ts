import { describeMemory, UNFOLDING } from './answers-memory.ts'

describeMemory(UNFOLDING)
