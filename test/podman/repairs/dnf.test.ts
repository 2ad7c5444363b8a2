import { dnfCases } from '../cases/dnf';
import { repair } from './repair';

repair("dnf 4's installations", dnfCases);
