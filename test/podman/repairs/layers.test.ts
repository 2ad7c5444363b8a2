import { layerCases } from '../cases/layers';
import { repair } from './repair';

repair('what layers keep', layerCases);
