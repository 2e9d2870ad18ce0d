"""What event streams of the OpenAI API have in common, written by hand.

Shapes of chat, completion and Responses events, none of anybody's traffic. At most 8 KiB are
of use: the window of most streams. Versions never change once released.
"""

from __future__ import annotations

from m2m_trio.codecs.dictionary_words import COMMON_1

_RESPONSE = """\
{"id":"resp_","object":"response","created_at":1750000000,"status":"in_progress","background":\
false,"completed_at":null,"error":null,"frequency_penalty":0.0,"incomplete_details":null,\
"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"model":"gpt-4o-2024-08-06",\
"output":[],"parallel_tool_calls":true,"presence_penalty":0.0,"previous_response_id":null,\
"prompt_cache_key":null,"prompt_cache_retention":null,"reasoning":{"effort":"medium",\
"summary":null},"safety_identifier":null,"service_tier":"auto","store":true,"temperature":1.0,\
"text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],\
"top_logprobs":0,"top_p":1.0,"truncation":"disabled","usage":null,"user":null,"metadata":{}}\
"""

_RESPONSES = (
    """\
event: response.completed
data: {"type":"response.completed","response":{"status":"completed","service_tier":"default",\
"usage":{"input_tokens":36,"input_tokens_details":{"cached_tokens":0},"output_tokens":87,\
"output_tokens_details":{"reasoning_tokens":0},"total_tokens":123},"user":null,"metadata":{}},\
"sequence_number":9}

event: response.created
data: {"type":"response.created","response":"""
    + _RESPONSE
    + """\
,"sequence_number":0}

event: response.in_progress
data: {"type":"response.in_progress","response":,"sequence_number":1}

event: response.output_item.added
data: {"type":"response.output_item.added","item":{"id":"rs_","type":"reasoning",\
"encrypted_content":"gAAAAAB","summary":[]},"output_index":0,"sequence_number":2}

event: response.reasoning_summary_part.added
data: {"type":"response.reasoning_summary_part.added","item_id":"rs_","output_index":0,"part":\
{"type":"summary_text","text":""},"sequence_number":3,"summary_index":0}

event: response.reasoning_summary_text.delta
data: {"type":"response.reasoning_summary_text.delta","delta":"**","item_id":"rs_",\
"obfuscation":"","output_index":0,"sequence_number":4,"summary_index":0}

event: response.reasoning_summary_text.done
data: {"type":"response.reasoning_summary_text.done",
event: response.output_item.done
data: {"type":"response.output_item.done","item":{"id":"fc_","type":"function_call","status":\
"completed","arguments":"{\\"","call_id":"call_","name":""},"output_index":1,"sequence_number":5}

event: response.function_call_arguments.delta
data: {"type":"response.function_call_arguments.delta","delta":"{\\"","item_id":"fc_",\
"obfuscation":"","output_index":0,"sequence_number":6}

event: response.function_call_arguments.done
data: {"type":"response.function_call_arguments.done","arguments":"{\\"","item_id":"fc_",\
"output_index":0,"sequence_number":7}

event: response.web_search_call.in_progress
data: {"type":"response.web_search_call.in_progress","item_id":"ws_","output_index":0,\
"sequence_number":8}

event: response.content_part.added
data: {"type":"response.content_part.added","content_index":0,"item_id":"msg_","output_index":0\
,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""},"sequence_number":3}

event: response.output_text.done
data: {"type":"response.output_text.done","content_index":0,"item_id":"msg_","logprobs":[],\
"output_index":0,"sequence_number":30,"text":""}

event: response.content_part.done
data: {"type":"response.content_part.done","content_index":0,"item_id":"msg_","output_index":0,\
"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""},"sequence_number":31}

event: response.output_item.done
data: {"type":"response.output_item.done","item":{"id":"msg_","type":"message","status":\
"completed","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":""}],"role":\
"assistant"},"output_index":0,"sequence_number":32}

event: response.output_item.added
data: {"type":"response.output_item.added","item":{"id":"msg_","type":"message","status":\
"in_progress","content":[],"role":"assistant"},"output_index":0,"sequence_number":2}

event: response.output_text.delta
data: {"type":"response.output_text.delta","content_index":0,"delta":"","item_id":"msg_",\
"logprobs":[],"obfuscation":"","output_index":0,"sequence_number":4}

"""
)

_CHAT = """\
: OPENROUTER PROCESSING

data: {"id":"gen-1750000000-","provider":"OpenAI","model":"openai/gpt-4o","object":\
"chat.completion.chunk","created":1750000000,"choices":[{"index":0,"delta":{"role":"assistant",\
"content":"","reasoning":null,"reasoning_details":[{"type":"reasoning.text","text":"","format":\
"unknown","index":0}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{\
"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},\
"jailbreak":{"filtered":false,"detected":false},"self_harm":{"filtered":false,"severity":"safe"\
},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}\
}}]}

data: {"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":\
"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":1750000000,"id":\
"chatcmpl-","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk",\
"system_fingerprint":"fp_","usage":null}

data: {"id":"cmpl-","object":"text_completion","created":1750000000,"choices":[{"text":"",\
"index":0,"logprobs":null,"finish_reason":null}],"model":"gpt-3.5-turbo-instruct"}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"llama3.2","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"\
","reasoning":""},"finish_reason":null}]}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"deepseek-chat","system_fingerprint":"fp_","choices":[{"index":0,"delta":{"content":null,\
"reasoning_content":""},"logprobs":null,"finish_reason":null}],"usage":null,"x_groq":{"id":\
"req_","usage":{"queue_time":0.05,"prompt_tokens":20,"prompt_time":0.01,"completion_tokens":100,\
"completion_time":0.2,"total_tokens":120,"total_time":0.25}}}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_","choices":[{\
"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_",\
"type":"function","function":{"name":"","arguments":""}}],"refusal":null},"logprobs":null,\
"finish_reason":null}],"usage":null,"obfuscation":""}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_","choices":[{\
"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\""}}]},"logprobs":null,\
"finish_reason":null}],"usage":null,"obfuscation":""}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_","choices":[{\
"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,\
"finish_reason":null}],"usage":null,"obfuscation":""}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_","choices":[],\
"usage":{"prompt_tokens":128,"completion_tokens":64,"total_tokens":192,"prompt_tokens_details":\
{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,\
"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"obfuscation":\
""}

data: [DONE]

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_","choices":[{\
"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":""}

data: {"id":"chatcmpl-","object":"chat.completion.chunk","created":1750000000,"model":\
"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_","choices":[{"index":0,\
"delta":{"content":""},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":""}

"""

CHAT_EVENTS_1 = (_CHAT + COMMON_1).encode()
RESPONSES_EVENTS_1 = (COMMON_1 + _RESPONSES).encode()
