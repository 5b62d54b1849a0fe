import { describeMemory, LARGEST } from './answers-memory.ts'

describeMemory(LARGEST)
