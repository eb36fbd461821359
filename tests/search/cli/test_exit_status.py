import subprocess
import sys

BUSY = """
import threading
import numpy
from onnx import TensorProto, helper
from onnxruntime import InferenceSession
from search.cli.exit_status import leave

shape = [300, 300]
given, found = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in "ab")
graph = helper.make_graph([helper.make_node("MatMul", ["a", "a"], ["b"])], "g", [given], [found])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
matrix, began = numpy.ones(shape, "f4"), threading.Event()

def multiply():
    while True:
        session.run(None, {"a": matrix})
        began.set()

threading.Thread(target=multiply, daemon=True).start()
began.wait()
print("told", end="")
leave(3)
"""


def test_a_program_ends_in_order_while_a_library_is_at_work() -> None:
    done = subprocess.run([sys.executable, "-c", BUSY], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (3, "told", "")
