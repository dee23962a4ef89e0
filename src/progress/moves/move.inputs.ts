import { InputType } from '@nestjs/graphql';
import { ReplacementFields } from '../../publishing/versions/publishing.inputs.js';

@InputType({ description: 'How to move those who are reading.' })
export class MovePlaythroughsInput extends ReplacementFields {}

@InputType({ description: 'How those who are reading would be moved.' })
export class PublishImpactInput extends ReplacementFields {}
