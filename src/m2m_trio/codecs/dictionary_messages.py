"""What whole messages of the OpenAI API have in common, written by hand.

Field names, their usual order and values, the idioms of JSON Schema, and plain English as
prompts have it; nothing of anybody's traffic. Versions never change once released: another
byte is another dictionary. What is most common stands last, where it is cheapest to name.
"""

from __future__ import annotations

from m2m_trio.codecs.dictionary_sentences import FORMS_1, LINES_1, NEWER_1, SENTENCES_1
from m2m_trio.codecs.dictionary_words import COMMON_1, PROMPTS_1, RARER_1, RAREST_1

_WORDS = """\
You are an expert at writing code and a senior software engineer. You have access to the \
following tools. Use the tool to answer the question. Think step by step, then give your \
final answer in the following format. Do not include any explanation, only return the JSON \
object. Respond with the result as a list of strings. Summarize the following text in one \
sentence. Translate the following into French, German, Spanish and Japanese. Write a short \
poem about the weather. What is the weather like in San Francisco, New York, London, Paris \
or Tokyo today? What is the capital of the United States? Who won the world series? Tell me \
a joke. Tell me a story about a city. How many people live in this country? Generate a \
summary of this conversation. Explain why this is important and provide an example. Based \
on the context below, answer the user's question. If you don't know the answer, say that \
you do not know. Make sure that your response is clear, concise and complete. Please help \
me with this task. Here is the current state of the file: I need you to find the error and \
fix the problem. Let me know if you have any other questions. Thank you! Hello, how are you \
today? Hi there! Hello! How can I assist you today? I'm sorry, but I can't assist with that \
request. I will use the function to get more information. There are different ways to do \
this, which would be the best? For example, between the first and the second number. The \
answer should be a single word. Reply with exactly one word. Say this is a test. What is 2 \
+ 2? Calculate the sum of 1, 2, 3, 4, 5. What does this image show? Describe this image in \
detail. Search the web for the latest news about the company. Your task is to complete the \
following: You must always call a tool with the correct arguments. The user wants to know \
"""

_SCHEMA = """\
{"type":"function","function":{"name":"search","description":"Search the web for information \
about a given topic and return the most relevant results.","parameters":{"$schema":"http://\
json-schema.org/draft-07/schema#","$defs":{"Item":{"description":"","enum":["low","medium",\
"high"],"title":"Item","type":"string"}},"properties":{"query":{"description":"The search \
query to use","title":"Query","type":"string"},"max_results":{"anyOf":[{"type":"integer"},{\
"type":"null"}],"default":null,"description":"Maximum number of results to return","title":\
"Max Results","minimum":1,"maximum":100},"items":{"items":{"$ref":"#/$defs/Item"},"title":\
"Items","type":"array"},"enabled":{"type":"boolean","default":false,"description":"Whether \
to include the"}},"required":["query"],"title":"SearchInput","type":"object"}}},{"type":\
"function","function":{"name":"get_weather","description":"Get the current weather for a \
given location","parameters":{"type":"object","properties":{"location":{"type":"string",\
"description":"The city and state, e.g. San Francisco, CA"},"unit":{"type":"string","enum":[\
"celsius","fahrenheit"]},"path":{"type":"string","description":"The absolute path of the \
file to read"},"name":{"type":"string","description":"The name of the user"},"id":{"type":\
"integer","description":"The ID of the"},"city":{"type":"string","description":"The city to \
get the weather for"},"value":{"type":"number","description":"The number of"},"command":{\
"type":"string","description":"The command to run"},"options":{"type":"array","items":{"type":\
"string"},"description":"List of"},"data":{"type":"object","properties":{}}},"required":[\
"location","unit"],"additionalProperties":false},"strict":true}}],"tool_choice":"auto",\
"parallel_tool_calls":true}\
"""

_REQUEST_SPACED = """\
{"model": "gpt-4o", "messages": [{"role": "system", "content": "You are a helpful assistant."\
}, {"role": "user", "content": [{"type": "text", "text": ""}, {"type": "image_url", \
"image_url": {"url": "data:image/png;base64,"}}]}, {"role": "assistant", "content": null, \
"tool_calls": [{"id": "call_", "type": "function", "function": {"name": "get_weather", \
"arguments": "{\\"location\\": \\"\\", \\"query\\": \\""}}]}, {"role": "tool", "tool_call_id": \
"call_", "content": ""}], "temperature": 0.7, "max_tokens": 1000, "stream": true, "tools": [{\
"type": "function", "function": {"name": "", "description": "", "parameters": {"type": \
"object", "properties": {"": {"type": "string", "description": "The "}}, "required": [""], \
"additionalProperties": false}}}], "tool_choice": "auto", "stop": ["\\nObservation:"]}\
{"messages": [{"role": "user", "content": ""}], "model": "gpt-4o-mini", "stream": false}\
"""

_REQUEST_RESPONSES = """\
{"include":["reasoning.encrypted_content"],"input":[{"role":"user","content":[{"type":\
"input_text","text":""},{"type":"input_image","image_url":"data:image/png;base64,","detail":\
"auto"},{"type":"input_file","filename":"","file_data":"data:application/pdf;base64,"}]},{\
"type":"reasoning","id":"rs_","summary":[],"encrypted_content":"gAAAAAB"},{"id":"msg_","type":\
"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"",\
"annotations":[]}]},{"type":"function_call","id":"fc_","call_id":"call_","name":"",\
"arguments":"{}","status":"completed"},{"type":"function_call_output","call_id":"call_",\
"output":""}],"instructions":"You are a helpful assistant.","model":"gpt-5","max_output_tokens"\
:1024,"previous_response_id":"resp_","reasoning":{"effort":"medium","summary":"auto"},"store":\
false,"stream":true,"text":{"format":{"type":"json_schema","name":"","schema":{},"strict":true\
},"verbosity":"low"},"tool_choice":"auto","tools":[{"type":"web_search_preview"},{"type":\
"code_interpreter","container":{"type":"auto"}},{"type":"file_search","vector_store_ids":[\
"vs_"]},{"type":"image_generation"},{"type":"mcp","server_label":"","server_url":"https://",\
"require_approval":"never"},{"type":"function","name":"","description":"","parameters":{\
"properties":{"":{"type":"string"}},"required":[""],"type":"object","additionalProperties":\
false},"strict":true}]}{"input":[{"content":"","role":"user"}],"model":"gpt-4o-mini","stream":\
false}{"input":"","model":"gpt-4.1","stream":false}{"model":"gpt-4o","input":[{"type":\
"message","role":"user","content":""}],"store":true}\
"""

_REQUEST_CHAT = """\
{"model":"text-embedding-3-small","input":["","encoding_format":"base64","dimensions":1536}\
{"model":"gpt-3.5-turbo","prompt":"","suffix":"","echo":false,"best_of":1,"logit_bias":{},\
"logprobs":true,"top_logprobs":5,"max_tokens":256}\
{"messages":[{"role":"system","content":[{"type":"text","text":"","cache_control":{"type":\
"ephemeral"}}]},{"role":"user","name":"","content":[{"type":"text","text":"What is in this \
image?"},{"type":"image_url","image_url":{"url":"https://","detail":"high"}},{"type":\
"input_audio","input_audio":{"data":"","format":"wav"}},{"type":"file","file":{"file_data":\
"data:application/pdf;base64,","filename":""}}]},{"role":"assistant","content":null,"refusal":\
null,"reasoning_content":"","tool_calls":[{"id":"call_","type":"function","function":{"name":\
"","arguments":"{\\"query\\":\\"\\",\\"location\\":\\""}}]},{"role":"tool","tool_call_id":"call_",\
"content":"{\\"result\\":"},{"tool_call_id":"call_","role":"tool","name":"","content":"Error: "\
},{"content":null,"role":"assistant","tool_calls":[{"type":"function","id":"call_","function":\
{"name":"final_result","arguments":"{}"}}]}],"model":"gpt-4.1-mini","frequency_penalty":0.0,\
"max_completion_tokens":1024,"max_tokens":1024,"modalities":["text","audio"],"n":1,\
"parallel_tool_calls":false,"presence_penalty":0.0,"prediction":{"type":"content"},\
"reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":{"name":\
"response","schema":{"type":"object","properties":{"title":{"title":"Title","type":"string"},\
"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false},"strict":true}\
},"seed":42,"service_tier":"auto","stop":["\\nObservation:"],"store":true,"metadata":{},\
"tool_choice":"required","top_p":1.0,"user":"user-","response_format":{"type":"json_object"},\
"extra_body":{},"provider":{"order":["OpenAI"],"allow_fallbacks":false},"reasoning":{"effort":\
"high"},"usage":{"include":true},"web_search_options":{"search_context_size":"medium"},\
"stream_options":{"include_usage":true},"model":"claude-3-5-sonnet-20241022","model":\
"deepseek-chat","model":"deepseek-reasoner","model":"meta-llama/Llama-3.3-70B-Instruct",\
"model":"llama-3.1-8b-instant","model":"mistral-large-latest","model":"qwen3","model":\
"openai/gpt-oss-120b","model":"grok-4","model":"gemini-2.5-flash","model":"anthropic/\
claude-sonnet-4","model":"o3-mini","model":"gpt-4","model":"gpt-3.5-turbo","model":"gpt-5-mini"\
{"model":"gpt-4o-mini","messages":[{"role":"developer","content":"You are a helpful assistant."\
},{"role":"user","content":"What's the weather like in Paris today?"}],"temperature":0.7,\
"max_tokens":100,"stream":true,"stream_options":{"include_usage":true}}\
{"messages":[{"content":"You are a helpful assistant.","role":"system"},{"content":"",\
"role":"user"}],"model":"gpt-4o","stream":false,"temperature":0.0}\
{"model":"gpt-4o","messages":[{"role":"system","content":"You are a helpful assistant."},{\
"role":"user","content":"Hello!"}],"stream":false,"tool_choice":"auto","tools":[{"type":\
"function","function":{"name":"get_current_time","description":"","parameters":{\
"additionalProperties":false,"properties":{},"type":"object"},"strict":true}}]}\
{"messages":[{"role":"user","content":"Tell me a joke about"}],"model":"gpt-4o-mini","stream":\
false}\
"""

_REPLY_ERRORS = """\
{"error":{"message":"The model `` does not exist or you do not have access to it.","type":\
"invalid_request_error","param":null,"code":"model_not_found"}}\
{"error":{"message":"Rate limit reached for","type":"tokens","param":null,"code":\
"rate_limit_exceeded"}}{"error":{"message":"You exceeded your current quota, please check your \
plan and billing details. For more information on this error, read the docs: https://platform.\
openai.com/docs/guides/error-codes/api-errors.","type":"insufficient_quota","param":null,\
"code":"insufficient_quota"}}{"detail":"Not Found"}{"object":"error","message":"","type":\
"BadRequestError","param":null,"code":400}
{
  "error": {
    "message": "Incorrect API key provided: sk-. You can find your API key at https://platform.\
openai.com/account/api-keys.",
    "type": "invalid_request_error",
    "param": null,
    "code": "invalid_api_key"
  }
}
{
    "error": {
        "message": "Unsupported value: '' is not supported with this model. Invalid type for \
'messages[0].content': expected one of a string or array of objects, but got an object \
instead.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "unsupported_value"
    }
}
"""

_REPLY_RESPONSES = """\
{
  "id": "resp_",
  "object": "response",
  "created_at": 1750000000,
  "status": "completed",
  "background": false,
  "billing": {
    "payer": "developer"
  },
  "completed_at": 1750000000,
  "error": null,
  "frequency_penalty": 0.0,
  "incomplete_details": null,
  "instructions": null,
  "max_output_tokens": null,
  "max_tool_calls": null,
  "model": "gpt-4o-2024-08-06",
  "output": [
    {
      "id": "rs_",
      "type": "reasoning",
      "summary": []
    },
    {
      "id": "fc_",
      "type": "function_call",
      "status": "completed",
      "arguments": "{\\"",
      "call_id": "call_",
      "name": ""
    },
    {
      "id": "msg_",
      "type": "message",
      "status": "completed",
      "content": [
        {
          "type": "output_text",
          "annotations": [],
          "logprobs": [],
          "text": ""
        }
      ],
      "role": "assistant"
    }
  ],
  "parallel_tool_calls": true,
  "presence_penalty": 0.0,
  "previous_response_id": null,
  "prompt_cache_key": null,
  "prompt_cache_retention": null,
  "reasoning": {
    "effort": "medium",
    "summary": null
  },
  "safety_identifier": null,
  "service_tier": "default",
  "store": true,
  "temperature": 1.0,
  "text": {
    "format": {
      "type": "text"
    },
    "verbosity": "medium"
  },
  "tool_choice": "auto",
  "tools": [
    {
      "type": "function",
      "description": "",
      "name": "",
      "parameters": {
        "type": "object",
        "properties": {
          "": {
            "type": "string",
            "description": ""
          }
        },
        "required": [
          ""
        ],
        "additionalProperties": false
      },
      "strict": true
    }
  ],
  "top_logprobs": 0,
  "top_p": 1.0,
  "truncation": "disabled",
  "usage": {
    "input_tokens": 36,
    "input_tokens_details": {
      "cached_tokens": 0
    },
    "output_tokens": 87,
    "output_tokens_details": {
      "reasoning_tokens": 0
    },
    "total_tokens": 123
  },
  "user": null,
  "metadata": {}
}
"""

_REPLY_CHAT = """\
{"object":"list","data":[{"object":"embedding","index":0,"embedding":[-0.0],"model":\
"text-embedding-3-small","usage":{"prompt_tokens":8,"total_tokens":8}}\
{"id":"cmpl-","object":"text_completion","created":1750000000,"model":"gpt-3.5-turbo-instruct",\
"choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{\
"prompt_tokens":5,"completion_tokens":16,"total_tokens":21}}\
{"id":"gen-","provider":"OpenAI","model":"openai/gpt-4o","object":"chat.completion","created":\
1750000000,"choices":[{"logprobs":null,"finish_reason":"stop","native_finish_reason":"stop",\
"index":0,"message":{"role":"assistant","content":"","refusal":null,"reasoning":null,\
"reasoning_details":[]}}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,\
"cost":0.0,"is_byok":false,"prompt_tokens_details":{"cached_tokens":0},"cost_details":{\
"upstream_inference_cost":null},"completion_tokens_details":{"reasoning_tokens":0,\
"image_tokens":0}}}{"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":\
"safe"},"protected_material_code":{"filtered":false,"detected":false},"self_harm":{"filtered":\
false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":\
false,"severity":"safe"}},"finish_reason":"stop","index":0,"logprobs":null,"message":{\
"annotations":[],"content":"","refusal":null,"role":"assistant"}}],"created":1750000000,"id":\
"chatcmpl-","model":"gpt-4o-2024-08-06","object":"chat.completion","prompt_filter_results":[{\
"prompt_index":0,"content_filter_results":{"jailbreak":{"filtered":false,"detected":false}}}],\
"system_fingerprint":"fp_","usage":{"completion_tokens":9,"completion_tokens_details":{\
"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":0,\
"rejected_prediction_tokens":0},"prompt_tokens":80,"prompt_tokens_details":{"audio_tokens":0,\
"cached_tokens":0},"total_tokens":89}}{"id":"chatcmpl-","object":"chat.completion","created":\
1750000000,"model":"llama-3.3-70b-versatile","choices":[{"index":0,"message":{"role":\
"assistant","content":"","tool_calls":[{"id":"call_","type":"function","function":{"name":"",\
"arguments":"{\\""}}]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"queue_time":\
0.05,"prompt_tokens":128,"prompt_time":0.01,"completion_tokens":64,"completion_time":0.2,\
"total_tokens":192,"total_time":0.25,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":0}\
,"usage_breakdown":null,"system_fingerprint":"fp_ollama","x_groq":{"id":"req_"},"service_tier":\
"on_demand"}\
{"id":"chatcmpl-","object":"chat.completion","created":1750000000,"model":\
"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":null,\
"tool_calls":[{"id":"call_","type":"function","function":{"name":"","arguments":"{}"}}],\
"refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{\
"prompt_tokens":128,"completion_tokens":64,"total_tokens":192,"prompt_tokens_details":{\
"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,\
"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},\
"service_tier":"default","system_fingerprint":"fp_"}
{
  "id": "chatcmpl-",
  "object": "chat.completion",
  "created": 1750000000,
  "model": "gpt-4o-mini-2024-07-18",
  "choices": [
    {
      "index": 0,
      "message": {
        "role": "assistant",
        "content": null,
        "tool_calls": [
          {
            "id": "call_",
            "type": "function",
            "function": {
              "name": "",
              "arguments": "{\\""
            }
          }
        ],
        "refusal": null,
        "annotations": []
      },
      "logprobs": null,
      "finish_reason": "stop"
    }
  ],
  "usage": {
    "prompt_tokens": 20,
    "completion_tokens": 100,
    "total_tokens": 120,
    "prompt_tokens_details": {
      "cached_tokens": 0,
      "audio_tokens": 0
    },
    "completion_tokens_details": {
      "reasoning_tokens": 0,
      "audio_tokens": 0,
      "accepted_prediction_tokens": 0,
      "rejected_prediction_tokens": 0
    }
  },
  "service_tier": "default",
  "system_fingerprint": "fp_"
}
"""

_PARTS = (
    RAREST_1,
    NEWER_1,
    PROMPTS_1,
    RARER_1,
    FORMS_1,
    SENTENCES_1,
    COMMON_1,
    LINES_1,
    _WORDS,
    _REPLY_ERRORS,
    _SCHEMA,
    _REPLY_RESPONSES,
    _REPLY_CHAT,
    _REQUEST_SPACED,
    _REQUEST_RESPONSES,
    _REQUEST_CHAT,
)

# zstd's head of a dictionary (RFC 8878, 5): how often bytes and lengths occur, so that a short
# message need not tell. Counted by the library in messages made up from this project's docs.
_TABLES = bytes.fromhex(
    "37a430ec010001003b10b8d2e601fcffffffffffffffef072e1aec26d22dd9fd23a935bb53b765d3"
    "a13f9e6c473ffe16faff6f6f31ea5fa30929422229b46425805ec022430000080e10098522714864"
    "56ee0e04208ed9538d09d32cc5610c0541880210400620a00c50040c0cc8000010000000548f6bf7"
    "b920c59c31c410000100200000000000010000000400000008000000"
)

MESSAGES_1 = _TABLES + "".join(_PARTS).encode()
