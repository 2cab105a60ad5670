"""The load generator: one process that asks for one thing again and again, over open connections.

    python -m benchmarks.load PORT COUNT < requests.json

requests.json: a list of {"method", "path", "cookie", "body"}; they are taken in turn. Prints JSON:
milliseconds of each, the bytes of the last answer, how many were not as expected, and the seconds
of CPU that this process took itself.
"""

import http.client
import json
import sys
import time


def main(port: int, count: int) -> None:
    requests = json.load(sys.stdin)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times, wrong, size = [], 0, 0
    before = time.process_time()
    for n in range(count):
        each = requests[n % len(requests)]
        headers = {
            "Host": f"schola.localhost:{port}",
            "Cookie": each.get("cookie", ""),
            "Accept-Encoding": "br",
            "Accept": "text/html",
        }
        body = each.get("body")
        if body is not None:
            body = body.replace("{n}", str(time.time_ns() // 1000))
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = each["csrf"]
        started = time.perf_counter()
        connection.request(each["method"], each["path"], body, headers)
        answer = connection.getresponse()
        size = len(answer.read())
        times.append((time.perf_counter() - started) * 1000)
        wrong += answer.status != each.get("expect", 200)
    said = {"times": times, "size": size, "wrong": wrong, "cpu": time.process_time() - before}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
